/** What the registry says of communities, places and devices. */
@NullMarked
package gatehouse.api.site;

import org.jspecify.annotations.NullMarked;
