/**
 * How facts and alerts travel: topics, the JSON codec, schemas. The only package that knows JSON.
 */
@NullMarked
package gatehouse.wire;

import org.jspecify.annotations.NullMarked;
