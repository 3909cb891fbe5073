package dev.weir.app.store;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.app.CommandFailedException;
import dev.weir.sink.quantile.SketchQuery;
import dev.weir.sink.quantile.StoredSketch;
import dev.weir.sketch.Quantile;
import java.io.PrintWriter;
import java.util.List;

/** What {@code weir quantile} prints: quantiles of stored rows, each with the bounds of the exact one. */
public record QuantileReport(SketchQuery query, StoredSketch found, List<Quantile> quantiles) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Reads the rows.
     *
     * @throws CommandFailedException when no row has values, or the database is away or refuses
     */
    public static QuantileReport of(StoreDatabase database, SketchQuery query, List<Double> quantiles) {
        StoredSketch found;
        try {
            found = database.connected(connection -> StoredSketch.read(connection, query))
                    .filter(sketch -> !sketch.sketch().isEmpty())
                    .orElseThrow(() -> new CommandFailedException(
                            "there are no " + query + " with a sketch, which only metrics of kind OBSERVATION have"));
        } catch (IllegalArgumentException unusable) {
            throw new CommandFailedException(String.valueOf(unusable.getMessage()), unusable);
        }
        return new QuantileReport(
                query, found, quantiles.stream().map(found.sketch()::quantile).toList());
    }

    /** A line about the rows, then a table. */
    public void print(PrintWriter out) {
        out.println(found.sketch().count() + " values in " + found.rows() + " " + query
                + (found.unit().isEmpty() ? "" : ", in " + found.unit()));
        out.printf("%-10s%-24s%s%n", "QUANTILE", "VALUE", "THE EXACT ONE IS IN");
        for (Quantile quantile : quantiles) {
            out.printf("%-10s%-24s[%s, %s)%n", quantile.q(), quantile.value(), quantile.low(), quantile.high());
        }
        out.flush();
    }

    /** One object; a bound above all that is told apart is null. */
    public void printJson(PrintWriter out) {
        ObjectNode report = JSON.createObjectNode()
                .put("metric", query.metric())
                .put("period", query.period())
                .put("from", query.from().toString())
                .put("to", query.to().toString())
                .put("unit", found.unit())
                .put("rows", found.rows())
                .put("count", found.sketch().count());
        query.dimensions().forEach(report.putObject("dimensions")::put);
        ArrayNode list = report.putArray("quantiles");
        for (Quantile quantile : quantiles) {
            ObjectNode one = list.addObject()
                    .put("q", quantile.q())
                    .put("value", quantile.value())
                    .put("low", quantile.low());
            if (Double.isFinite(quantile.high())) {
                one.put("high", quantile.high());
            } else {
                one.putNull("high");
            }
        }
        out.println(report.toPrettyString());
        out.flush();
    }
}
