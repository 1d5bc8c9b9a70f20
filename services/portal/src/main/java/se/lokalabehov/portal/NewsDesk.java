package se.lokalabehov.portal;

import java.util.List;
import java.util.Set;

import org.springframework.stereotype.Component;

import se.lokalabehov.security.Caller;
import se.lokalabehov.security.Role;
import se.lokalabehov.web.Paging;

/**
 * What has happened since they were here, for those whose things are other people's: from
 * what they were told.
 */
@Component
class NewsDesk implements Desk {

	private static final Set<Role> READERS = Set.of(Role.RSS_COORDINATOR, Role.SKR_COMPILER, Role.AGENCY_OFFICER,
			Role.SOCIAL_CHIEF, Role.FOU_EDITOR);

	private static final int SHOWN = 8;

	private final Notices notices;

	private final Ui ui;

	NewsDesk(Notices notices, Ui ui) {
		this.notices = notices;
		this.ui = ui;
	}

	@Override
	public Lying of(Caller caller) {
		if (READERS.stream().noneMatch(caller::is)) {
			return Lying.NOTHING;
		}
		List<News> news = this.notices.of(caller.subject(), null, false, new Paging(SHOWN, null))
			.items()
			.stream()
			.map((one) -> new News(one.notice().at(), one.title(), this.ui.sentence(one.notice()),
					"/aviseringar/" + one.id()))
			.toList();
		return new Lying(List.of(), news);
	}

}
