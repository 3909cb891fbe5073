package dev.weir.alerting.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.alerting.eval.EvaluationException;
import dev.weir.alerting.eval.Evaluator;
import dev.weir.alerting.eval.PaneSource;
import dev.weir.alerting.eval.RecordedPanes;
import dev.weir.alerting.eval.Sample;
import dev.weir.alerting.promql.Expr;
import dev.weir.alerting.promql.PromqlParser;
import dev.weir.series.Series;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random expressions over random series: the shards' results together are the undivided result. */
final class ShardedEvaluationTest {
    private static final int CASES = 4_000;

    @ParameterizedTest
    @ValueSource(longs = {11, 12})
    void shardsTogetherGiveTheUndividedResult(long seed) {
        Random random = new Random(seed);
        int divided = 0;
        int withSamples = 0;
        for (int i = 0; i < CASES; i++) {
            String text = RandomExpressions.vector(random, 3);
            Expr expr = PromqlParser.parse(text);
            ShardLabels shards = RulePlan.of(expr).shards();
            if (shards.singleShard()) {
                continue;
            }
            RandomSeries series = RandomSeries.make(random);
            Optional<Map<String, Sample>> whole = evaluate(expr, series.panes());
            Optional<Map<String, Sample>> united = unite(expr, shards, series);
            String what = "seed " + seed + ", case " + i + ": " + text + " sharded " + shards;
            assertThat(united).as(what).isEqualTo(whole);
            divided++;
            withSamples += whole.filter(samples -> samples.size() > 1).isPresent() ? 1 : 0;
        }
        assertThat(divided).as("expressions that can be divided").isGreaterThan(CASES / 4);
        assertThat(withSamples).as("results worth comparing").isGreaterThan(CASES / 10);
    }

    /** Labels that the planner does not name would give other results, or the test above compares nothing. */
    @ParameterizedTest
    @ValueSource(strings = {"sum by (a) (g)", "absent(g{a=\"7\"})", "g * on(a) sum by (a) (c)", "sum(n) or vector_g"})
    void otherLabelsWouldNotDo(String text) {
        Expr expr = PromqlParser.parse(text.replace("vector_g", "sum(g)").replace("(n)", "(rate(n[5m]))"));
        Random random = new Random(1);
        ShardLabels byB = new ShardLabels(false, Set.of("b"));
        boolean differs = false;
        for (int i = 0; i < 200 && !differs; i++) {
            RandomSeries series = RandomSeries.make(random);
            differs = !unite(expr, byB, series).equals(evaluate(expr, series.panes()));
        }
        assertThat(differs).isTrue();
    }

    /** The samples of all shards; empty if one cannot be evaluated or two make the same sample. */
    private static Optional<Map<String, Sample>> unite(Expr expr, ShardLabels shards, RandomSeries series) {
        Set<Map<String, String>> keys = new HashSet<>();
        series.all().forEach(one -> keys.add(shards.key(one.allLabels())));
        Map<String, Sample> united = new TreeMap<>();
        for (Map<String, String> key : keys) {
            Optional<Map<String, Sample>> shard = evaluate(expr, shard(series.panes(), shards, key));
            if (shard.isEmpty()) {
                return Optional.empty();
            }
            for (Map.Entry<String, Sample> sample : shard.get().entrySet()) {
                if (united.put(sample.getKey(), sample.getValue()) != null) {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(united);
    }

    private static PaneSource shard(RecordedPanes panes, ShardLabels shards, Map<String, String> key) {
        return (selection, fromMs, toMs) -> panes.read(selection, fromMs, toMs).stream()
                .filter(read -> shards.key(read.series().allLabels()).equals(key))
                .toList();
    }

    private static Optional<Map<String, Sample>> evaluate(Expr expr, PaneSource source) {
        try {
            Map<String, Sample> samples = new TreeMap<>();
            Evaluator.evaluate(expr, RandomSeries.TICK_MS, source)
                    .samples()
                    .forEach(sample -> samples.put(sample.labels().toString(), sample));
            return Optional.of(samples);
        } catch (EvaluationException refused) {
            return Optional.empty();
        }
    }

    /** Series of every kind with the labels a, b and c, some of them missing, and their panes. */
    private record RandomSeries(List<Series> all, RecordedPanes panes) {
        private static final long TICK_MS = 1_700_000_000_000L;

        static RandomSeries make(Random random) {
            List<Series> all = new ArrayList<>(RandomExpressions.series(random));
            RecordedPanes panes = new RecordedPanes();
            for (Series series : all) {
                for (int events = random.nextInt(6); events > 0; events--) {
                    long timestampMs = TICK_MS - 1 - random.nextInt(400_000);
                    panes.record(series, timestampMs, random.nextInt(6), RandomExpressions.outcome(random, series));
                }
            }
            return new RandomSeries(all, panes);
        }
    }
}
