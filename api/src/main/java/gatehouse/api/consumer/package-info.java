/** From Kafka into PostgreSQL, each record once. */
@NullMarked
package gatehouse.api.consumer;

import org.jspecify.annotations.NullMarked;
