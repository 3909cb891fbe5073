package dev.weir.alerting.template;

/** A value does not suit what a template does with it; the text of the template then says so, as in Prometheus. */
final class RenderFailure extends Exception {
    private static final long serialVersionUID = 1;

    RenderFailure(String message) {
        super(message);
    }
}
