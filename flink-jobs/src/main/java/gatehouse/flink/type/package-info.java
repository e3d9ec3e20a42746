/**
 * How records cross the network and rest in state: Flink's own serializers put together for the
 * domain's records, with schema evolution, and never Kryo.
 */
@NullMarked
package gatehouse.flink.type;

import org.jspecify.annotations.NullMarked;
