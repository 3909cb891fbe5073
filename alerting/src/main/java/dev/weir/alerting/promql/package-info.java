/**
 * The expression language of rules: text enters {@link dev.weir.alerting.promql.PromqlParser}, a type-checked syntax
 * tree ({@link dev.weir.alerting.promql.Expr}) with source positions leaves, or one {@link
 * dev.weir.alerting.promql.PromqlException} that says where and why not.
 */
@NullMarked
package dev.weir.alerting.promql;

import org.jspecify.annotations.NullMarked;
