/**
 * The embedded MQTT 5 broker: per-device credentials, topic rights by role, everything else denied.
 */
@NullMarked
package gatehouse.service.mqtt;

import org.jspecify.annotations.NullMarked;
