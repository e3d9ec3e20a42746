/** Work orders: what is to be done on site, by whom, until when. */
@NullMarked
package gatehouse.api.workorder;

import org.jspecify.annotations.NullMarked;
