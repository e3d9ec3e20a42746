/** YAML files that say where something is wrong in them, and what may be meant. */
@NullMarked
package gatehouse.replay.yaml;

import org.jspecify.annotations.NullMarked;
