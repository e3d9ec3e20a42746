/** The sub-commands of {@code ./gatehouse}. */
@NullMarked
package gatehouse.launcher.command;

import org.jspecify.annotations.NullMarked;
