/** The event store and the access log. */
@NullMarked
package gatehouse.api.accesslog;

import org.jspecify.annotations.NullMarked;
