package dev.weir.topology.ingest;

import dev.weir.rejected.RejectedEvent;
import dev.weir.topology.shuffle.SeriesEvent;

/** Takes what leaves the stage event by event. */
interface IngestOutput {
    /** An event that must be judged by the next stage. */
    void single(SeriesEvent event);

    void rejected(RejectedEvent event);
}
