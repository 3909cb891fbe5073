package dev.weir.alerting.eval;

/** An expression cannot be evaluated over the series that are there, as many-to-many matching cannot. */
public class EvaluationException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public EvaluationException(String message) {
        super(message);
    }
}
