package se.lokalabehov.reportcatalogue;

import java.time.Instant;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import se.lokalabehov.contracts.OrganisationId;
import se.lokalabehov.directory.Directory;
import se.lokalabehov.eventing.Act;
import se.lokalabehov.eventing.Aggregates;
import se.lokalabehov.eventing.Refusal;
import se.lokalabehov.eventing.Stored;
import se.lokalabehov.security.Caller;
import se.lokalabehov.web.Answers;
import se.lokalabehov.web.NoPersonalNumber;

/**
 * Handing over everything at once, over HTTP.
 */
@RestController
@RequestMapping("/api/v1/custody-transfers")
@Tag(name = "records")
class CustodyController {

	private final HandingOver handingOver;

	private final Aggregates<CustodyTransfer, CustodyTransfer> transfers;

	CustodyController(HandingOver handingOver, Aggregates<CustodyTransfer, CustodyTransfer> custodyTransfers) {
		this.handingOver = handingOver;
		this.transfers = custodyTransfers;
	}

	/** From whom, to whom. */
	record TransferBody(@NotNull OrganisationId from, @NotNull OrganisationId custodian,
			@NotBlank @Size(max = 1000) @NoPersonalNumber String reason) {
	}

	/**
	 * How far it has come.
	 *
	 * @param records how many there were when it began
	 * @param left how many are still to be handed over
	 * @param finished when the last one was; none while it goes on
	 */
	record Transfer(String id, OrganisationId from, OrganisationId custodian, String reason, long records, long left,
			@Nullable Instant finished) {
	}

	@PostMapping
	@Operation(
			summary = "Lämnar över vården av en organisations alla poster (dess redaktör eller handläggare, eller administratör)")
	ResponseEntity<Object> begin(@Valid @RequestBody TransferBody body, Act act, Caller caller) {
		if (!Access.mayTransferAll(caller, body.from())) {
			return Answers.refused(Refusal
				.forbidden("Bara en redaktör eller handläggare hos organisationen själv får lämna över dess poster."));
		}
		return Answers.created(
				this.handingOver.begin(body.from(), body.custodian(), body.reason().strip(), act, Directory.standard()),
				"/api/v1/custody-transfers/");
	}

	@GetMapping("/{id}")
	@Operation(summary = "Visar hur långt en överlämning av alla poster har kommit")
	ResponseEntity<Object> read(@PathVariable String id) {
		return Answers.read(this.transfers.find(id), this::shown, Transfer::left);
	}

	private Transfer shown(Stored<CustodyTransfer> stored) {
		CustodyTransfer transfer = stored.state();
		return new Transfer(stored.id(), transfer.from(), transfer.custodian(), transfer.reason(), transfer.records(),
				this.handingOver.left(transfer), transfer.finished());
	}

}
