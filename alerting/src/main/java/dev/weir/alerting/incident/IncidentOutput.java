package dev.weir.alerting.incident;

import dev.weir.alerts.AlertTransition;
import dev.weir.alerts.Incident;

/** Where the history and the alerts of incidents go. */
public interface IncidentOutput {
    void changed(Incident incident);

    /** An alert by which people are told of an escalation. */
    void alert(AlertTransition transition);
}
