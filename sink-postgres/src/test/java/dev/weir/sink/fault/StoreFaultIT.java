package dev.weir.sink.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two sinks write while fault after fault happens; at the end every row is what was sent, once. {@code -Dweir.store.faults=200}
 * for a long run, {@code -Dweir.store.seed=} to repeat one as far as time allows.
 */
final class StoreFaultIT {
    private static final int FAULTS = Integer.getInteger("weir.store.faults", 30);
    private static final long SEED = Long.getLong("weir.store.seed", new Random().nextInt(1_000_000));
    private static final int FIRST_RECORDS = 400;

    @Test
    void noFaultLosesDoublesOrChangesARow(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path directory) throws Exception {
        long startNanos = System.nanoTime();
        Random random = new Random(SEED);
        List<Fault> plan = Faults.plan(FAULTS, random);
        Map<Fault, Long> secondsOf = new TreeMap<>();
        try (StoreMachine machine = new StoreMachine(directory);
                Input input = new Input(random, machine.broker.bootstrapServers(), machine.registry.url())) {
            Faults faults = new Faults(machine, input, random);
            input.burst(FIRST_RECORDS);
            for (Fault fault : plan) {
                long before = System.nanoTime();
                faults.strike(fault);
                secondsOf.merge(fault, System.nanoTime() - before, Long::sum);
            }
            machine.awaitStored(input);
            StoreCheck.Result found = StoreCheck.of(machine.database(), input);
            System.out.printf(
                    "{\"faults\":%d,\"seed\":%d,\"rows\":%d,\"missing\":%d,\"duplicate\":%d,\"wrong\":%d,\"rejected\":%d,\"disk_full\":\"%s\",\"seconds\":%d}%n",
                    FAULTS,
                    SEED,
                    found.rows(),
                    found.missing(),
                    found.duplicate(),
                    found.wrong(),
                    faults.rejected(),
                    machine.disk.kind(),
                    (System.nanoTime() - startNanos) / 1_000_000_000);
            secondsOf.forEach((fault, nanos) -> System.out.println(fault + " " + nanos / 1_000_000 + " ms"));
            assertThat(found.told()).as("seed %s", SEED).isEmpty();
            assertThat(found.missing() + found.duplicate() + found.wrong()).isZero();
            assertThat(machine.number("SELECT count(*) FROM weir.sink_rejects")).isEqualTo(faults.rejected());
        }
    }
}
