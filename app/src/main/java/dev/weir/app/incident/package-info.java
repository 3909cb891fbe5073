/** What people do with incidents: the id of one enters, its acknowledgement on Kafka leaves. */
@NullMarked
package dev.weir.app.incident;

import org.jspecify.annotations.NullMarked;
