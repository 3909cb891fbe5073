package dev.weir.topology.crash;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * The faults of a run in their order, from a seed: kills at random times and at each point, in shuffled rounds; every third
 * fault is another one, of a fixed round in which instances come before they go. One thread.
 */
final class FaultPlan {
    private static final int EVERY = 3;
    private static final List<Fault> OTHERS = List.of(
            Fault.JOIN, Fault.ZOMBIE, Fault.LEAVE, Fault.BROKER_PAUSE, Fault.JOIN, Fault.BROKER_RESTART, Fault.DIE);
    private static final int RANDOM_KILLS_A_ROUND = 2;

    private final Random random;
    private final boolean transactions;
    private final boolean others;
    private Iterator<Optional<KillPoint>> kills = Collections.emptyIterator();
    private Iterator<Fault> next = Collections.emptyIterator();
    private int steps;

    /**
     * A plan.
     *
     * @param transactions whether there are transactions to be killed around
     * @param others whether there are faults besides kills
     */
    FaultPlan(long seed, boolean transactions, boolean others) {
        this.random = new Random(seed);
        this.transactions = transactions;
        this.others = others;
    }

    /** How many faults there are with so many kills. */
    int steps(int ofKills) {
        return others ? ofKills * EVERY / (EVERY - 1) : ofKills;
    }

    /** The next fault that is no kill, if it is the turn of one. */
    Optional<Fault> other() {
        steps++;
        if (!others || steps % EVERY != 0) {
            return Optional.empty();
        }
        if (!next.hasNext()) {
            next = OTHERS.iterator();
        }
        return Optional.of(next.next());
    }

    /** Where the next kill is; empty: anywhere. */
    Optional<KillPoint> kill() {
        if (!kills.hasNext()) {
            List<Optional<KillPoint>> round = new ArrayList<>();
            for (KillPoint point : KillPoint.values()) {
                boolean needsTransaction = point != KillPoint.IN_HOOK && point != KillPoint.IN_RESTORE;
                round.add(needsTransaction && !transactions ? Optional.empty() : Optional.of(point));
            }
            for (int i = 0; i < RANDOM_KILLS_A_ROUND; i++) {
                round.add(Optional.empty());
            }
            Collections.shuffle(round, random);
            kills = round.iterator();
        }
        return kills.next();
    }

    /** A random whole number of [0, bound). */
    int below(int bound) {
        return random.nextInt(bound);
    }

    /** One of several. */
    <T> T oneOf(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
