/** What is kept of a door's lock: what released it, and how faithfully it reports. */
@NullMarked
package gatehouse.model.lock;

import org.jspecify.annotations.NullMarked;
