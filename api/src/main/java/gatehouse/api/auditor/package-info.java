/** What auditors read: the audit log, whether it is whole, and what in it looks like abuse. */
@NullMarked
package gatehouse.api.auditor;

import org.jspecify.annotations.NullMarked;
