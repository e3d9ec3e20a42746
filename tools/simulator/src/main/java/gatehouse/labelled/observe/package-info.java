/** What devices report of what happens: missed, misread, late, twice. */
@NullMarked
package gatehouse.labelled.observe;

import org.jspecify.annotations.NullMarked;
