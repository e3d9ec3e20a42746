/** What several models know of one door: its devices, its releases, its permits. */
@NullMarked
package gatehouse.model.door;

import org.jspecify.annotations.NullMarked;
