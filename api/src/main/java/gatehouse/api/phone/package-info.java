/** The phones of residents: which may ask for doors, and whether it was really one of them. */
@NullMarked
package gatehouse.api.phone;

import org.jspecify.annotations.NullMarked;
