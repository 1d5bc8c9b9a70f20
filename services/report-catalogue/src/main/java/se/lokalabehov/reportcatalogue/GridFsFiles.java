package se.lokalabehov.reportcatalogue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;

import com.mongodb.client.gridfs.GridFSBucket;
import com.mongodb.client.gridfs.GridFSBuckets;
import com.mongodb.client.gridfs.model.GridFSFile;
import com.mongodb.client.model.Filters;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.AbstractResource;
import org.springframework.core.io.Resource;
import org.springframework.data.mongodb.core.MongoTemplate;

/**
 * Files in MongoDB, beside the documents, and so in its replicas and backups. A file is
 * there when it is there as a whole; what a crash left half-written has another
 * identifier and is in nobody's way.
 */
final class GridFsFiles implements KeptFiles {

	private final GridFSBucket bucket;

	GridFsFiles(MongoTemplate mongo) {
		this.bucket = GridFSBuckets.create(mongo.getDb(), "files");
	}

	@Override
	public void keep(String name, Path content) throws IOException {
		if (first(name) == null) {
			try (InputStream in = Files.newInputStream(content)) {
				this.bucket.uploadFromStream(name, in);
			}
		}
	}

	@Override
	public Optional<Resource> find(String name) {
		return Optional.ofNullable(first(name)).map(InBucket::new);
	}

	private @Nullable GridFSFile first(String name) {
		return this.bucket.find(Filters.eq("filename", name)).first();
	}

	@Override
	public void drop(String name) {
		for (GridFSFile file : this.bucket.find(Filters.eq("filename", name))) {
			this.bucket.delete(file.getObjectId());
		}
	}

	@Override
	public List<String> since(Instant before) {
		List<String> names = new ArrayList<>();
		this.bucket.find(Filters.lt("uploadDate", Date.from(before))).map(GridFSFile::getFilename).into(names);
		return names;
	}

	/**
	 * One of them.
	 */
	private final class InBucket extends AbstractResource {

		private final GridFSFile file;

		InBucket(GridFSFile file) {
			this.file = file;
		}

		@Override
		public InputStream getInputStream() {
			return GridFsFiles.this.bucket.openDownloadStream(this.file.getObjectId());
		}

		@Override
		public long contentLength() {
			return this.file.getLength();
		}

		@Override
		public String getDescription() {
			return this.file.getFilename();
		}

		@Override
		public boolean equals(@Nullable Object other) {
			return other instanceof InBucket another && another.file.getObjectId().equals(this.file.getObjectId());
		}

		@Override
		public int hashCode() {
			return this.file.getObjectId().hashCode();
		}

	}

}
