/** Access tokens of an identity provider: what they say, once it is sure that they say it. */
@NullMarked
package gatehouse.api.oidc;

import org.jspecify.annotations.NullMarked;
