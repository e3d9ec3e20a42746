/** What the API does by itself, again and again. */
@NullMarked
package gatehouse.api.schedule;

import org.jspecify.annotations.NullMarked;
