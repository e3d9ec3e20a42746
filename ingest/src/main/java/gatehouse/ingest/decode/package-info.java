/** What devices send, as events: one class a format, listed in the catalogue. */
@NullMarked
package gatehouse.ingest.decode;

import org.jspecify.annotations.NullMarked;
