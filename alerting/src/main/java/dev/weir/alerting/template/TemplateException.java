package dev.weir.alerting.template;

/** Fault of a template: the offset in its text and what is wrong. The only exception that parsing one throws. */
public final class TemplateException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int offset;

    TemplateException(int offset, String message) {
        super(message);
        this.offset = offset;
    }

    public int offset() {
        return offset;
    }
}
