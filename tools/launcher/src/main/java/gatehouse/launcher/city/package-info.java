/** Where a labelled city can be told: a file, Kafka, or an MQTT broker. */
@NullMarked
package gatehouse.launcher.city;

import org.jspecify.annotations.NullMarked;
