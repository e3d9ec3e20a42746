/** What opens a visitor's pass, whoever gave it. */
@NullMarked
package gatehouse.api.pass;

import org.jspecify.annotations.NullMarked;
