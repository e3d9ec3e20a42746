/** Residents report to the police and talk with them (警民互动). */
@NullMarked
package gatehouse.api.dialogue;

import org.jspecify.annotations.NullMarked;
