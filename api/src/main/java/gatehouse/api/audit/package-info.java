/** Who did what: append-only, hash-chained. */
@NullMarked
package gatehouse.api.audit;

import org.jspecify.annotations.NullMarked;
