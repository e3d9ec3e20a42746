/** What the API itself publishes to Kafka. */
@NullMarked
package gatehouse.api.kafka;

import org.jspecify.annotations.NullMarked;
