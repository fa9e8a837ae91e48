BEGIN TRANSACTION;
CREATE TABLE act (
	id INTEGER NOT NULL, 
	at TEXT NOT NULL, 
	desk TEXT NOT NULL, 
	person TEXT NOT NULL, 
	what TEXT NOT NULL, 
	item TEXT NOT NULL, 
	params TEXT NOT NULL, 
	CONSTRAINT pk_act PRIMARY KEY (id)
);
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0005');
CREATE TABLE carrier (
	name TEXT NOT NULL, 
	url_template TEXT NOT NULL, 
	default_method TEXT NOT NULL, 
	CONSTRAINT pk_carrier PRIMARY KEY (name)
);
CREATE TABLE commitment (
	erp_code TEXT NOT NULL, 
	units INTEGER NOT NULL, 
	CONSTRAINT pk_commitment PRIMARY KEY (erp_code)
)
 WITHOUT ROWID

;
CREATE TABLE desk (
	id TEXT NOT NULL, 
	name TEXT NOT NULL, 
	person TEXT NOT NULL, 
	version TEXT NOT NULL, 
	seen_at TEXT NOT NULL, 
	CONSTRAINT pk_desk PRIMARY KEY (id)
)
 WITHOUT ROWID

;
CREATE TABLE dirty (
	kind TEXT NOT NULL, 
	"key" TEXT NOT NULL, 
	mark INTEGER NOT NULL, 
	CONSTRAINT pk_dirty PRIMARY KEY (kind, "key")
)
 WITHOUT ROWID

;
CREATE TABLE erp_item (
	erp_code TEXT NOT NULL, 
	balance TEXT, 
	price TEXT, 
	promo_price TEXT, 
	promo_from TEXT, 
	promo_until TEXT, 
	name TEXT, 
	ean TEXT, 
	as_of TEXT NOT NULL, 
	CONSTRAINT pk_erp_item PRIMARY KEY (erp_code)
)
 WITHOUT ROWID

;
CREATE TABLE fact (
	"key" TEXT NOT NULL, 
	value TEXT NOT NULL, 
	CONSTRAINT pk_fact PRIMARY KEY ("key")
)
 WITHOUT ROWID

;
INSERT INTO "fact" VALUES('cursor','7');
CREATE TABLE forgotten_order (
	hub_id TEXT NOT NULL, 
	stage TEXT NOT NULL, 
	CONSTRAINT pk_forgotten_order PRIMARY KEY (hub_id)
)
 WITHOUT ROWID

;
INSERT INTO "forgotten_order" VALUES('h0','tracked');
CREATE TABLE held_plan (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	guard TEXT NOT NULL, 
	params TEXT NOT NULL, 
	state TEXT NOT NULL, 
	created_at TEXT NOT NULL, 
	decided_at TEXT, 
	decided_by TEXT, 
	reading_id INTEGER
);
CREATE TABLE hub_product (
	sku TEXT NOT NULL, 
	product_id TEXT NOT NULL, 
	name TEXT NOT NULL, 
	ean TEXT NOT NULL, 
	parent_sku TEXT, 
	quantity INTEGER, 
	price TEXT, 
	special_price TEXT, 
	reserved INTEGER, 
	has_price_table BOOLEAN NOT NULL, 
	has_stock_table BOOLEAN NOT NULL, 
	read_at TEXT NOT NULL, 
	gone BOOLEAN NOT NULL, brand TEXT DEFAULT '' NOT NULL, 
	CONSTRAINT pk_hub_product PRIMARY KEY (sku)
)
 WITHOUT ROWID

;
CREATE TABLE invoice (
	"key" TEXT NOT NULL, 
	number TEXT NOT NULL, 
	serie TEXT NOT NULL, 
	issued TEXT, 
	issued_date TEXT NOT NULL, 
	cnpj TEXT NOT NULL, 
	total TEXT, 
	state TEXT NOT NULL, 
	hub_id TEXT, 
	shipment_id TEXT, 
	matched_by TEXT, 
	record TEXT NOT NULL, 
	source TEXT NOT NULL, 
	found_at TEXT NOT NULL, 
	sent_at TEXT, 
	confirmed_at TEXT, 
	attempts INTEGER NOT NULL, 
	due_at TEXT NOT NULL, 
	error_code TEXT, 
	error_params TEXT, 
	error_raw TEXT, lease INTEGER DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_invoice PRIMARY KEY ("key")
);
CREATE TABLE kept_code (
	id TEXT NOT NULL, 
	at TEXT NOT NULL, 
	CONSTRAINT pk_kept_code PRIMARY KEY (id)
)
 WITHOUT ROWID

;
CREATE TABLE kept_unmapped (
	sku TEXT NOT NULL, 
	CONSTRAINT pk_kept_unmapped PRIMARY KEY (sku)
)
 WITHOUT ROWID

;
CREATE TABLE lease (
	name TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	desk TEXT NOT NULL, 
	person TEXT NOT NULL, 
	backend INTEGER NOT NULL, 
	beat_at TEXT NOT NULL, 
	CONSTRAINT pk_lease PRIMARY KEY (name)
)
 WITHOUT ROWID

;
CREATE TABLE mapping (
	sku TEXT NOT NULL, 
	position INTEGER NOT NULL, 
	erp_code TEXT NOT NULL, 
	units INTEGER NOT NULL, 
	origin TEXT NOT NULL, 
	updated_at TEXT NOT NULL, 
	version INTEGER NOT NULL, updated_by TEXT DEFAULT '' NOT NULL, 
	CONSTRAINT pk_mapping PRIMARY KEY (sku, position)
)
 WITHOUT ROWID

;
INSERT INTO "mapping" VALUES('A',0,'00012',3,'typed','2026-11-24T12:00:00.000000Z',1,'');
CREATE TABLE open_item (
	desk TEXT NOT NULL, 
	place TEXT NOT NULL, 
	item TEXT NOT NULL, 
	person TEXT NOT NULL, 
	at TEXT NOT NULL, 
	CONSTRAINT pk_open_item PRIMARY KEY (desk, place, item)
)
 WITHOUT ROWID

;
CREATE TABLE order_event (
	id INTEGER NOT NULL, 
	hub_id TEXT NOT NULL, 
	at TEXT NOT NULL, 
	code TEXT NOT NULL, 
	params TEXT NOT NULL, 
	CONSTRAINT pk_order_event PRIMARY KEY (id)
);
CREATE TABLE order_item (
	hub_id TEXT NOT NULL, 
	line INTEGER NOT NULL, 
	sku TEXT NOT NULL, 
	name TEXT NOT NULL, 
	quantity INTEGER NOT NULL, 
	price TEXT, 
	CONSTRAINT pk_order_item PRIMARY KEY (hub_id, line), 
	CONSTRAINT fk_order_item_hub_id FOREIGN KEY(hub_id) REFERENCES orders (hub_id)
);
CREATE TABLE orders (
	hub_id TEXT NOT NULL, 
	original_id TEXT NOT NULL, 
	channel TEXT NOT NULL, 
	channel_account TEXT NOT NULL, 
	hub_status TEXT NOT NULL, 
	sub_status TEXT NOT NULL, 
	delivery_type TEXT NOT NULL, 
	stage TEXT NOT NULL, 
	stage_at TEXT NOT NULL, 
	buyer_name TEXT NOT NULL, 
	buyer_document TEXT NOT NULL, 
	total TEXT, 
	created TEXT, 
	approved TEXT, 
	expected_send TEXT, 
	seen_at TEXT NOT NULL, 
	read_at TEXT NOT NULL, 
	imported_at TEXT, 
	booked_at TEXT, 
	erp_ref TEXT, 
	attempts INTEGER NOT NULL, 
	due_at TEXT NOT NULL, 
	error_code TEXT, 
	error_params TEXT, 
	error_raw TEXT, 
	cancel_open BOOLEAN NOT NULL, 
	buyer_search TEXT NOT NULL, 
	data TEXT NOT NULL, 
	raw TEXT NOT NULL, hub_code TEXT DEFAULT '' NOT NULL, lease INTEGER DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_orders PRIMARY KEY (hub_id)
);
CREATE TABLE problem (
	flow TEXT NOT NULL, 
	item TEXT NOT NULL, 
	code TEXT NOT NULL, 
	params TEXT NOT NULL, 
	raw TEXT NOT NULL, 
	since TEXT NOT NULL, 
	last_seen TEXT NOT NULL, 
	times INTEGER NOT NULL, 
	CONSTRAINT pk_problem PRIMARY KEY (flow, item)
);
CREATE TABLE push (
	sku TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	value TEXT NOT NULL, 
	previous TEXT, 
	reason TEXT NOT NULL, 
	basis TEXT NOT NULL, 
	state TEXT NOT NULL, 
	plan_id INTEGER, 
	priority INTEGER NOT NULL, 
	attempts INTEGER NOT NULL, 
	due_at TEXT NOT NULL, 
	error_code TEXT, 
	error_params TEXT, 
	raw TEXT, 
	created_at TEXT NOT NULL, 
	CONSTRAINT pk_push PRIMARY KEY (sku, kind), 
	CONSTRAINT fk_push_plan_id FOREIGN KEY(plan_id) REFERENCES held_plan (id)
);
CREATE TABLE reading (
	id INTEGER NOT NULL, 
	as_of TEXT NOT NULL, 
	read_at TEXT NOT NULL, 
	"full" BOOLEAN NOT NULL, 
	digest TEXT NOT NULL, 
	source TEXT NOT NULL, 
	row_count INTEGER NOT NULL, 
	outcome TEXT NOT NULL, 
	error_code TEXT, 
	error_params TEXT, 
	CONSTRAINT pk_reading PRIMARY KEY (id)
);
CREATE TABLE run (
	id INTEGER NOT NULL, 
	flow TEXT NOT NULL, 
	started_at TEXT NOT NULL, 
	ended_at TEXT, 
	outcome TEXT NOT NULL, 
	code TEXT, 
	params TEXT, 
	counts TEXT NOT NULL, 
	CONSTRAINT pk_run PRIMARY KEY (id)
);
CREATE TABLE sent_value (
	id INTEGER NOT NULL, 
	sku TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	value TEXT NOT NULL, 
	previous TEXT, 
	reason TEXT NOT NULL, 
	basis TEXT NOT NULL, 
	at TEXT NOT NULL, 
	answer TEXT NOT NULL, lease INTEGER DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_sent_value PRIMARY KEY (id)
);
CREATE TABLE shared_setting (
	name TEXT NOT NULL, 
	value TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	updated_at TEXT NOT NULL, 
	updated_by TEXT NOT NULL, 
	CONSTRAINT pk_shared_setting PRIMARY KEY (name)
)
 WITHOUT ROWID

;
CREATE TABLE sku_rule (
	sku TEXT NOT NULL, 
	rule TEXT NOT NULL, 
	updated_at TEXT NOT NULL, version INTEGER DEFAULT 0 NOT NULL, updated_by TEXT DEFAULT '' NOT NULL, 
	CONSTRAINT pk_sku_rule PRIMARY KEY (sku)
)
 WITHOUT ROWID

;
CREATE TABLE sku_value (
	sku TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	confirmed TEXT, 
	confirmed_at TEXT, 
	doubt TEXT, 
	doubt_at TEXT, 
	doubt_before TEXT, 
	next_change TEXT, lease INTEGER DEFAULT 0 NOT NULL, 
	CONSTRAINT pk_sku_value PRIMARY KEY (sku, kind)
)
 WITHOUT ROWID

;
CREATE TABLE taken_back (
	sku TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	value TEXT NOT NULL, 
	"instead" TEXT NOT NULL, 
	at TEXT NOT NULL, 
	CONSTRAINT pk_taken_back PRIMARY KEY (sku, kind)
)
 WITHOUT ROWID

;
CREATE TABLE tracking (
	id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, 
	hub_id TEXT NOT NULL, 
	shipment_id TEXT, 
	volume INTEGER NOT NULL, 
	code TEXT NOT NULL, 
	carrier TEXT NOT NULL, 
	method TEXT NOT NULL, 
	url TEXT NOT NULL, 
	state TEXT NOT NULL, 
	warnings TEXT NOT NULL, 
	typed_at TEXT NOT NULL, 
	sent_at TEXT, 
	confirmed_at TEXT, 
	attempts INTEGER NOT NULL, 
	due_at TEXT NOT NULL, 
	error_code TEXT, 
	error_params TEXT, 
	error_raw TEXT
, lease INTEGER DEFAULT 0 NOT NULL, typed_by TEXT DEFAULT '' NOT NULL);
INSERT INTO "tracking" VALUES(1,'h1',NULL,1,'AA123456785BR','Correios','PAC','https://x.invalid','typed','[]','2026-11-24T12:00:00.000000Z',NULL,NULL,0,'2026-11-24T12:00:00.000000Z',NULL,NULL,NULL,0,'');
CREATE INDEX ix_erp_item_ean ON erp_item (ean);
CREATE INDEX ix_hub_product_ean ON hub_product (ean);
CREATE INDEX ix_mapping_erp_code ON mapping (erp_code);
CREATE INDEX ix_sku_value_next_change ON sku_value (next_change);
CREATE INDEX ix_push_plan_id_state_sku_kind ON push (plan_id, state, sku, kind);
CREATE INDEX ix_push_state_due_at_kind ON push (state, due_at, kind);
CREATE INDEX ix_push_state_priority_created_at_sku_kind ON push (state, priority, created_at, sku, kind);
CREATE INDEX ix_sent_value_sku_at ON sent_value (sku, at);
CREATE INDEX ix_orders_booked_at ON orders (booked_at);
CREATE INDEX ix_orders_buyer_document ON orders (buyer_document);
CREATE INDEX ix_orders_cancel_open ON orders (hub_id) WHERE cancel_open IS 1;
CREATE INDEX ix_orders_original_id ON orders (original_id);
CREATE INDEX ix_orders_seen_at ON orders (seen_at);
CREATE INDEX ix_orders_stage_due_at ON orders (stage, due_at);
CREATE INDEX ix_orders_stage_hub_id ON orders (stage, hub_id);
CREATE INDEX ix_orders_stage_read_at_hub_id ON orders (stage, read_at, hub_id);
CREATE INDEX ix_order_item_sku ON order_item (sku);
CREATE INDEX ix_order_event_hub_id ON order_event (hub_id);
CREATE INDEX ix_invoice_found_at ON invoice (found_at);
CREATE INDEX ix_invoice_hub_id ON invoice (hub_id);
CREATE INDEX ix_invoice_number ON invoice (number);
CREATE INDEX ix_invoice_state_due_at ON invoice (state, due_at);
CREATE INDEX ix_tracking_code ON tracking (code);
CREATE INDEX ix_tracking_hub_id ON tracking (hub_id);
CREATE INDEX ix_tracking_state_due_at ON tracking (state, due_at);
CREATE INDEX ix_run_flow_started_at ON run (flow, started_at);
CREATE INDEX ix_orders_hub_code ON orders (hub_code);
CREATE INDEX ix_orders_imported_at ON orders (imported_at);
CREATE INDEX ix_orders_buyer_search ON orders (buyer_search, hub_id);
CREATE INDEX ix_invoice_sent_at ON invoice (sent_at);
CREATE INDEX ix_tracking_typed_at ON tracking (typed_at);
CREATE INDEX ix_tracking_sent_at ON tracking (sent_at);
CREATE INDEX ix_sent_value_at ON sent_value (at, kind);
CREATE INDEX ix_act_item_at ON act (item, at);
CREATE INDEX ix_act_at ON act (at);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('tracking',1);
COMMIT;
