# Every word here only calls ./run, which works as well without make.
.PHONY: run setup test lint
run:
	@./run up
setup:
	@./run setup
test:
	@./run test
lint:
	@./run lint
