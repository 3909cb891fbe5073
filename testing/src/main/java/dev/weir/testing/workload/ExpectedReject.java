package dev.weir.testing.workload;

import dev.weir.rejected.RejectReason;

/** What must become of an event that is wrong on purpose. */
public record ExpectedReject(Fault fault, RejectReason reason) {
    ExpectedReject(Fault fault) {
        this(fault, fault.reason());
    }
}
