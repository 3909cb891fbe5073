package dev.weir.alerting.promtool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random expressions over random series give what promtool 2.42 gives, within 1e-12.
 *
 * <p>{@code -Dweir.promql.cases=N -Dweir.promql.seed=S} for more or others. A difference is shrunk to a small file and
 * printed. If promtool, asked again, agrees once, it was the order of its own sums.
 */
final class DifferenceIT {
    private static final int CASES = Integer.getInteger("weir.promql.cases", 2_000);
    private static final long SEED = Long.getLong("weir.promql.seed", 7);
    private static final int CASES_OF_ONE_RUN = 1_000;
    private static final int CASES_OF_ONE_INPUT = 50;
    private static final int REPEATS = 6;

    @TempDir
    Path directory;

    @Test
    void expressionsGiveWhatPromtoolGives() throws Exception {
        PromtoolAnswers promtool = new PromtoolAnswers(new Promtool(directory));
        Random random = new Random(SEED);
        List<String> differences = new ArrayList<>();
        int done = 0;
        int answered = 0;
        while (done < CASES && differences.size() < 3) {
            List<DifferentialCase> cases = cases(random, Math.min(CASES_OF_ONE_RUN, CASES - done));
            List<Answer> answers = promtool.of(cases);
            for (int i = 0; i < cases.size() && differences.size() < 3; i++) {
                answered += answers.get(i).samples().isEmpty() ? 0 : 1;
                if (!cases.get(i).answer().agreesWith(answers.get(i)) && differs(promtool, cases.get(i))) {
                    differences.add(describe(promtool, cases.get(i)));
                }
            }
            done += cases.size();
        }
        System.out.printf(
                "cases %,d, with samples %,d, differences: %d, seed %d%n", done, answered, differences.size(), SEED);
        assertThat(differences).isEmpty();
        assertThat(answered).isGreaterThan(done / 3);
    }

    private static List<DifferentialCase> cases(Random random, int count) {
        List<DifferentialCase> cases = new ArrayList<>();
        while (cases.size() < count) {
            List<GeneratedSeries> series = SeriesGenerator.generate(random);
            ExpressionGenerator expressions = new ExpressionGenerator(random);
            for (int i = 0; i < CASES_OF_ONE_INPUT && cases.size() < count; i++) {
                cases.add(new DifferentialCase(series, expressions.next(), time(random, series.get(0))));
            }
        }
        return cases;
    }

    /** On the grid of the samples or beside it; where a lookback ends exactly at a sample; about where an edge is near. */
    private static long time(Random random, GeneratedSeries series) {
        long intervalMs = series.intervalMs();
        long lengthMs = series.values().size() * intervalMs;
        long onGridMs = random.nextInt(series.values().size()) * intervalMs;
        return switch (random.nextInt(8)) {
            case 0, 1 -> random.nextInt((int) lengthMs + 300_000);
            case 2 -> onGridMs + 300_000;
            case 3 -> onGridMs + 1;
            case 4 -> lengthMs - intervalMs + intervalMs * (105 + random.nextInt(20)) / 100;
            default -> onGridMs;
        };
    }

    private static boolean differs(PromtoolAnswers promtool, DifferentialCase one)
            throws IOException, InterruptedException {
        Answer ours = one.answer();
        for (int i = 0; i < REPEATS; i++) {
            if (ours.agreesWith(ask(promtool, one))) {
                return false;
            }
        }
        return true;
    }

    private static Answer ask(PromtoolAnswers promtool, DifferentialCase one) throws IOException, InterruptedException {
        return promtool.of(List.of(one)).get(0);
    }

    private static String describe(PromtoolAnswers promtool, DifferentialCase failing) throws Exception {
        DifferentialCase one =
                new Shrinker(candidate -> !candidate.answer().agreesWith(ask(promtool, candidate))).shrink(failing);
        return "\npromtool: " + ask(promtool, one) + "\nweir:     " + one.answer() + "\n"
                + PromtoolAnswers.yaml(List.of(one)) + "from: "
                + failing.expression().text();
    }
}
