/** The model contract, and the plain Java host that runs it. */
@NullMarked
package gatehouse.analysis;

import org.jspecify.annotations.NullMarked;
