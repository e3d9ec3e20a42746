/** What goes wrong on purpose, what only looks like it, and the labels of both. */
@NullMarked
package gatehouse.labelled.scenario;

import org.jspecify.annotations.NullMarked;
