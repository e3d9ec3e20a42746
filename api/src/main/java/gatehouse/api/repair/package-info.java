/** Repairs alerts after events have come behind the watermark. */
@NullMarked
package gatehouse.api.repair;

import org.jspecify.annotations.NullMarked;
