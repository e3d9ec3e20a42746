/** Deletes what has been kept long enough. */
@NullMarked
package gatehouse.api.retention;

import org.jspecify.annotations.NullMarked;
