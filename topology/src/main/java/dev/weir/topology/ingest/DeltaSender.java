package dev.weir.topology.ingest;

/** Takes the packs that an ingest task emits. */
interface DeltaSender {
    /** Sends a {@link dev.weir.topology.shuffle.DeltaPack} to a partition of the next stage. */
    void send(int partition, byte[] pack);
}
