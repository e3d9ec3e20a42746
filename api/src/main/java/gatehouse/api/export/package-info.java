/**
 * Data that leaves the platform as files: marked, counted, and in bulk only with a second person.
 */
@NullMarked
package gatehouse.api.export;

import org.jspecify.annotations.NullMarked;
