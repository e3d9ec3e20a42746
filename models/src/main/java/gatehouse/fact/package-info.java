/**
 * What the models may know: device events, registry facts, site facts and derived facts, in one
 * total order.
 */
@NullMarked
package gatehouse.fact;

import org.jspecify.annotations.NullMarked;
