/** Cases of the police, and what is done only inside one. */
@NullMarked
package gatehouse.api.police;

import org.jspecify.annotations.NullMarked;
