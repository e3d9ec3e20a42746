/** What needs two persons: one asks, another decides. */
@NullMarked
package gatehouse.api.approval;

import org.jspecify.annotations.NullMarked;
