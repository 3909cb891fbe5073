package dev.weir.topology.crash;

import dev.weir.testing.flood.Flood;
import dev.weir.testing.flood.FloodPlan;
import dev.weir.testing.oracle.IntegerTruth;
import dev.weir.topology.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One run: a part of the flood is released for each fault, so that there is a backlog when it comes; the next fault waits until
 * the stream commits again. At the end everything published is compared with what the input's log comes to. One thread.
 */
final class CrashRun {
    private static final Logger LOG = LoggerFactory.getLogger(CrashRun.class);
    private static final String PREFIX = "crash";
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration POINT_PATIENCE = Duration.ofSeconds(10);
    private static final int LONGEST_WAIT_MS = 1_200;
    private static final int MOST_PASSES_IN_HOOK = 50;
    private static final int MOST_INSTANCES = 2;
    private static final int ONE_IN_DISKS_LOST = 8;

    private final CrashSettings settings;
    private final FaultPlan plan;
    private final List<String> faults = new ArrayList<>();
    private final List<Double> recoveriesS = new ArrayList<>();
    private final long startNanos = System.nanoTime();
    private int kills;

    CrashRun(CrashSettings settings) {
        this.settings = settings;
        this.plan = new FaultPlan(settings.seed(), settings.guarantee().startsWith("exactly"), settings.others());
    }

    CrashReport run() throws InterruptedException, ExecutionException {
        Instant end = settings.end();
        FloodPlan floodPlan = new FloodPlan(
                settings.seed(),
                settings.series(),
                settings.events(),
                end.minus(settings.span()),
                end,
                settings.deduplicated());
        IntegerTruth intent = new IntegerTruth();
        try (Machine machine = Machine.start(settings.directory());
                Application application = new Application(
                        machine,
                        PREFIX,
                        new Topics(PREFIX),
                        settings.guarantee(),
                        settings.staticMembers(),
                        settings.deduplicated(),
                        settings.directory())) {
            machine.createTopics(application.topics(), settings.partitions());
            application.start(0);
            Flood flood = new Flood(floodPlan, machine.schemaIds(), intent);
            try (Sender sender = new Sender(
                            flood,
                            machine.bootstrapServers(),
                            application.topics().events(),
                            settings.partitions());
                    Progress progress = new Progress(machine.bootstrapServers(), application, settings.partitions())) {
                disturb(machine, application, sender, progress);
                sender.finish();
                note("all is sent");
                Settlement settlement =
                        new Settlement(machine, application, progress, settings.partitions(), settings.deduplicated());
                try (Published published = new Published(machine, application.topics(), settings.partitions())) {
                    settlement.await(published, this::note);
                }
                Collections.sort(recoveriesS);
                return new CrashReport(
                        settlement.events(),
                        kills,
                        faults,
                        intent.differences(settlement.truth()),
                        settlement.verdict(),
                        recoveriesS,
                        seconds());
            }
        }
    }

    private void disturb(Machine machine, Application application, Sender sender, Progress progress)
            throws InterruptedException {
        int steps = plan.steps(settings.kills()) + 1;
        for (int step = 1; kills < settings.kills(); step++) {
            var unused = sender.sendUntil(settings.events() * Math.min(step, steps) / steps);
            if (!progress.awaitCommit(PATIENCE)) {
                LOG.warn("nothing was committed within {}", PATIENCE);
            }
            restartEnded(application);
            Thread.sleep(plan.below(LONGEST_WAIT_MS));
            Optional<Fault> other = plan.other();
            if (other.isPresent()) {
                suffer(other.get(), machine, application, progress);
            } else {
                kill(plan.kill(), application, progress);
            }
        }
    }

    private void kill(Optional<KillPoint> point, Application application, Progress progress)
            throws InterruptedException {
        int slot = plan.oneOf(application.slots());
        ChildProcess process = application.process(slot);
        String where = "at a random time";
        if (point.isPresent() && point.get().whileRunning()) {
            int passes = plan.below(point.get() == KillPoint.IN_HOOK ? MOST_PASSES_IN_HOOK : 2);
            process.order(point.get() + " " + passes);
            where = point.get() + (process.awaitEnd(POINT_PATIENCE) ? "" : " was not reached");
        }
        application.kill(slot);
        kills++;
        long killedNanos = System.nanoTime();
        if (plan.below(ONE_IN_DISKS_LOST) == 0) {
            application.deleteState(slot);
            where += ", state deleted";
        }
        if (point.isPresent() && !point.get().whileRunning()) {
            application.start(slot, point.get().name(), plan.below(2));
            where = point.get() + (application.process(slot).awaitEnd(POINT_PATIENCE) ? "" : " was not reached");
            application.kill(slot);
            kills++;
        }
        application.start(slot);
        recovered("kill of instance " + slot + " " + where, killedNanos, progress);
    }

    private void suffer(Fault fault, Machine machine, Application application, Progress progress)
            throws InterruptedException {
        int slot = plan.oneOf(application.slots());
        switch (fault) {
            case JOIN -> {
                for (int free = 0; free < MOST_INSTANCES; free++) {
                    if (!application.slots().contains(free)) {
                        application.start(free);
                    }
                }
                int members = application.slots().size() * Application.THREADS;
                boolean working = progress.awaitMembers(members, PATIENCE);
                note(fault + " to " + application.slots() + (working ? "" : ", which has got nothing to do"));
            }
            case ZOMBIE -> {
                Duration frozen = Application.SESSION_TIMEOUT.plusMillis(1_000 + plan.below(2_000));
                application.process(slot).freeze();
                Thread.sleep(frozen.toMillis());
                application.process(slot).thaw();
                note(fault + " " + slot + " for " + frozen.toMillis() + " ms");
            }
            case LEAVE -> {
                application.terminate(slot);
                note(fault + " of " + slot);
            }
            case DIE -> {
                application.kill(slot);
                kills++;
                recovered(fault + " of " + slot, System.nanoTime(), progress);
            }
            case BROKER_PAUSE -> {
                Duration pause = Duration.ofMillis(2_000 + plan.below(3_000));
                machine.pauseBroker(pause);
                note(fault + " of " + pause.toMillis() + " ms");
            }
            case BROKER_RESTART -> {
                machine.restartBroker();
                note(fault.name());
            }
        }
    }

    private void restartEnded(Application application) {
        for (int slot : application.ended()) {
            application.start(slot);
            note("instance " + slot + " had ended by itself");
        }
    }

    private void recovered(String fault, long killedNanos, Progress progress) throws InterruptedException {
        double recoveryS = progress.secondsToRecover(killedNanos, PATIENCE);
        recoveriesS.add(recoveryS);
        note(String.format("%s, kill %d, recovered in %.2f s", fault, kills, recoveryS));
    }

    private void note(String what) {
        faults.add(what);
        LOG.info("{} s: {}", String.format("%.1f", seconds()), what);
    }

    private double seconds() {
        return (System.nanoTime() - startNanos) / 1e9;
    }
}
