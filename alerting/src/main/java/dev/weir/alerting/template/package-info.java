/**
 * Texts of labels and annotations with <code>{{ … }}</code> in them: Go's template language with Prometheus' functions. A
 * text enters {@link dev.weir.alerting.template.Template#parse} when its file is loaded; a template that can be rendered
 * leaves, or one {@link dev.weir.alerting.template.TemplateException}.
 */
@NullMarked
package dev.weir.alerting.template;

import org.jspecify.annotations.NullMarked;
