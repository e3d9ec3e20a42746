/** Kafka in one JVM: a single KRaft node that keeps its records over restarts. */
@NullMarked
package gatehouse.service.kafka;

import org.jspecify.annotations.NullMarked;
