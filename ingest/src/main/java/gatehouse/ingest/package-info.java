/**
 * The intake: takes device messages off MQTT, judges each, and acknowledges it once Kafka has it.
 *
 * <p>The law of this package: received = published + rejected + duplicates + returned + in flight.
 */
@NullMarked
package gatehouse.ingest;

import org.jspecify.annotations.NullMarked;
