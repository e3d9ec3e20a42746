/** Tells systems of others what people are told, as Standard Webhooks. */
@NullMarked
package gatehouse.api.webhook;

import org.jspecify.annotations.NullMarked;
