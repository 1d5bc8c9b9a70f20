package se.lokalabehov.eventing;

import java.util.List;
import java.util.Map;

import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;

/**
 * The audit log for whoever runs the installation: {@code GET /actuator/audit} goes
 * through all of it and names the first bad row, {@code GET /actuator/audit/{from}} shows
 * a hundred rows.
 */
@Endpoint(id = "audit")
final class AuditEndpoint {

	private final Audit audit;

	AuditEndpoint(Audit audit) {
		this.audit = audit;
	}

	/** Whether the log is as it was written. */
	@ReadOperation
	Audit.Verified verify() {
		return this.audit.verify();
	}

	/** Rows from a number on; the newest for what is no number. */
	@ReadOperation
	Map<String, Object> rows(@Selector String from) {
		List<Map<String, Object>> rows = this.audit.rows(from.matches("\\d{1,18}") ? Long.valueOf(from) : null);
		return Map.of("rows", rows);
	}

}
